"""What is asked when units, people, duties and conditions change?"""
